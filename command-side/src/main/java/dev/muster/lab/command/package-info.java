/** Decisions about boards and queued requests, the orders that concern more than one of them, and their effects. */
@NullMarked
package dev.muster.lab.command;

import org.jspecify.annotations.NullMarked;
