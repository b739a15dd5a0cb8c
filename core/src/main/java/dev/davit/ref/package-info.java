/** Names of images: registry, repository, tag and digest, with the rules of Docker Hub. */
@NullMarked
package dev.davit.ref;

import org.jspecify.annotations.NullMarked;
