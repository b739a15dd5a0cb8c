/** Runs scripts: compiles them and tells of their failures; finds the commands that come with Davit, and a user's own. */
@NullMarked
package dev.davit.scripts;

import org.jspecify.annotations.NullMarked;
