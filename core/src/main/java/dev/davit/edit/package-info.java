/** Changes of images: image in, image out. What a change is not about stays as it is, byte for byte. */
@NullMarked
package dev.davit.edit;

import org.jspecify.annotations.NullMarked;
