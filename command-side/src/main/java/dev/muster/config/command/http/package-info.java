/** Endpoints that take orders about registries, their values and devices' keys. */
@NullMarked
package dev.muster.config.command.http;

import org.jspecify.annotations.NullMarked;
