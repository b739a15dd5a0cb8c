/** The client for registries: pull, push, mount, tags. */
@NullMarked
package dev.davit.registry;

import org.jspecify.annotations.NullMarked;
