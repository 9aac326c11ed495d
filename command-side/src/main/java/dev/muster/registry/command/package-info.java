/** Decisions about devices. */
@NullMarked
package dev.muster.registry.command;

import org.jspecify.annotations.NullMarked;
