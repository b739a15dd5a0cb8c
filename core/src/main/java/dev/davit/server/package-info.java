/** An embedded OCI registry, in memory or on disk: for hermetic tests and to serve images from a folder. */
@NullMarked
package dev.davit.server;

import org.jspecify.annotations.NullMarked;
