/** Docker and Podman engines, over the socket that they listen on. */
@NullMarked
package dev.davit.daemon;

import org.jspecify.annotations.NullMarked;
