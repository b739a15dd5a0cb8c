/** JSON documents that keep their bytes, and edits on their tree. */
@NullMarked
package dev.davit.json;

import org.jspecify.annotations.NullMarked;
