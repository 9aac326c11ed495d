/** What endpoints of all capabilities that take orders share. */
@NullMarked
package dev.muster.kernel.command.http;

import org.jspecify.annotations.NullMarked;
