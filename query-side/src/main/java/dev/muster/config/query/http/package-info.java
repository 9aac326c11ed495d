/** Endpoints that answer questions about registries, their values and what devices should have. */
@NullMarked
package dev.muster.config.query.http;

import org.jspecify.annotations.NullMarked;
