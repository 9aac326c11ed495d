package dev.muster.overview.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How views become documents: members by their Java names, enums likewise, times and durations as ISO 8601 text, nulls
 * left out. Readers use the same. What an older document lacks reads as null, nought or no: views only grow.
 */
final class ViewJson {

    private ViewJson() {}

    static JsonMapper mapper() {
        return JsonMapper.builder()
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }
}
