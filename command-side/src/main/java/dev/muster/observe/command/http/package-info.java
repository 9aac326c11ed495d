/** Orders about enrolments, dashboards and alert rules over HTTP. */
@NullMarked
package dev.muster.observe.command.http;

import org.jspecify.annotations.NullMarked;
