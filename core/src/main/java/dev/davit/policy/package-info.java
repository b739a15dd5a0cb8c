/** What images must be like, and what of that they are not. */
@NullMarked
package dev.davit.policy;

import org.jspecify.annotations.NullMarked;
