/** Decisions about registries: their definitions, and what may be written into databags. */
@NullMarked
package dev.muster.config.command;

import org.jspecify.annotations.NullMarked;
