/** Proves that a recipe is reproducible: builds it again under other conditions and compares every byte. */
@NullMarked
package dev.davit.proof;

import org.jspecify.annotations.NullMarked;
