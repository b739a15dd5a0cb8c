/**
 * Credentials for registries: given ones, those in the environment, in the files of Docker, Podman and Kubernetes and in
 * their helper programs, and what Google, Amazon and Azure issue.
 */
@NullMarked
package dev.davit.auth;

import org.jspecify.annotations.NullMarked;
