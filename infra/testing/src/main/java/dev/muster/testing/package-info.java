/** What the modules' tests share. Nothing here is shipped. */
@NullMarked
package dev.muster.testing;

import org.jspecify.annotations.NullMarked;
