/** Content: digests, blobs, compression and the streams that verify and count. */
@NullMarked
package dev.davit.blob;

import org.jspecify.annotations.NullMarked;
