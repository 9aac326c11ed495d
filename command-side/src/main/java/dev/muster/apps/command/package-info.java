/** Decisions about projects, agents, apps and where they should run; and the standing rules that follow them. */
@NullMarked
package dev.muster.apps.command;

import org.jspecify.annotations.NullMarked;
