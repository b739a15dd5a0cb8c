/** Images in a folder that follows the OCI image layout. */
@NullMarked
package dev.davit.layout;

import org.jspecify.annotations.NullMarked;
