package dev.muster.server;

import dev.muster.kernel.EventNames;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events under names of their own and reads them back by those names alone: a stored class name is never
 * loaded. Lenient with history: members it does not know are passed over.
 */
public final class EventSerializer extends Jackson3Serializer {

    private final EventNames names;

    private EventSerializer(Builder builder, EventNames names) {
        super(builder);
        this.names = names;
    }

    public static EventSerializer of(EventNames names) {
        Builder builder = new Builder();
        builder.revisionResolver(new AnnotationRevisionResolver())
                .jsonMapperBuilderCustomizer(EventSerializer::configure);
        return new EventSerializer(builder, names);
    }

    /** The way events look as JSON; also used where they are shown. */
    public static void configure(JsonMapper.Builder json) {
        json.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .changeDefaultPropertyInclusion(inclusion ->
                        inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL));
    }

    @Override
    @SuppressWarnings("NullAway") // Axon asks for the type of nothing with null
    public SerializedType typeForClass(@Nullable Class type) {
        String name = type == null ? null : names.name(type);
        return name == null ? super.typeForClass(type) : new SimpleSerializedType(name, EventNames.revision(type));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        Class<?> known = names.type(type.getName());
        return known == null ? super.classForType(type) : known;
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        Class<?> known = names.type(type.getName());
        return known == null ? super.resolveClassName(type) : known.getName();
    }
}
