/** Decisions about enrolments, dashboards and alert rules. */
@NullMarked
package dev.muster.observe.command;

import org.jspecify.annotations.NullMarked;
