/** Images in one tar file, for Docker, Podman and OCI tools alike. */
@NullMarked
package dev.davit.archive;

import org.jspecify.annotations.NullMarked;
