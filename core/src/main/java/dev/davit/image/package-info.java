/** Images, indexes and layers as immutable values; what a source and a sink are. */
@NullMarked
package dev.davit.image;

import org.jspecify.annotations.NullMarked;
