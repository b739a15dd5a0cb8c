/** What is wrong with images, and with the folders and archives that hold them: all of it at once. */
@NullMarked
package dev.davit.validate;

import org.jspecify.annotations.NullMarked;
