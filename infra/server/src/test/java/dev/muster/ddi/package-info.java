/** The device wire from outside: every test vector of the DDI contract against a whole server, over HTTP. */
@NullMarked
package dev.muster.ddi;

import org.jspecify.annotations.NullMarked;
