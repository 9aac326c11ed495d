package dev.muster.overview.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** JSON as HTTP answers are written: enums in lower-kebab, nulls left out. */
public final class TestJson {

    private TestJson() {}

    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public String[] findEnumValues(
                            MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
                        for (int i = 0; i < values.length; i++) {
                            names[i] = values[i].name().toLowerCase(Locale.ROOT).replace('_', '-');
                        }
                        return super.findEnumValues(config, type, values, names);
                    }
                })
                .changeDefaultPropertyInclusion(any -> any.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }
}
