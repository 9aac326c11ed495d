package dev.muster.config.query.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What a view shows.
 *
 * @param version of the databag it was read from
 * @param value what was asked for: all of the view, or an object keyed by the paths that were asked for
 */
public record ViewedView(
        long version,
        @JsonRawValue @Schema(implementation = Object.class) String value) {}
