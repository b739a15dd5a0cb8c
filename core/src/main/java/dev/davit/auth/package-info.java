/** Credentials for registries: Docker's configuration file, its helper programs, and what Podman and Buildah write. */
@NullMarked
package dev.davit.auth;

import org.jspecify.annotations.NullMarked;
