/** Tar archives as layers: a writer whose bytes never vary, and the file system that layers make up together. */
@NullMarked
package dev.davit.tar;

import org.jspecify.annotations.NullMarked;
