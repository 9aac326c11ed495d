/** Endpoints that answer questions about enrolments, dashboards and alert rules, for people and for Prometheus. */
@NullMarked
package dev.muster.observe.query.http;

import org.jspecify.annotations.NullMarked;
