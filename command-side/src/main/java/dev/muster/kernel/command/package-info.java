/** What all capabilities that take orders share. */
@NullMarked
package dev.muster.kernel.command;

import org.jspecify.annotations.NullMarked;
