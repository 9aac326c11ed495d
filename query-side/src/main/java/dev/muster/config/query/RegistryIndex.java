package dev.muster.config.query;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Profile;
import dev.muster.config.Registries;
import dev.muster.config.RegistryEngine;
import dev.muster.config.RegistryEvent;
import dev.muster.config.RegistryEvent.RegistryDefined;
import dev.muster.config.RegistryEvent.RegistryRedefined;
import dev.muster.config.RegistryId;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All definitions, folded from the log; each is compiled once for each profile, when it is first needed. */
public final class RegistryIndex implements Fold, Registries {

    private final RegistryEngine engine;
    private final ConcurrentSkipListMap<RegistryId, Definition> definitions = new ConcurrentSkipListMap<>();

    public RegistryIndex(RegistryEngine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "registries";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof RegistryEvent event) {
            Definition definition =
                    switch (event) {
                        case RegistryDefined e -> new Compiled(engine, e.registryId(), e.revision(), e.document());
                        case RegistryRedefined e -> new Compiled(engine, e.registryId(), e.revision(), e.document());
                    };
            definitions.put(event.registryId(), definition);
        }
    }

    @Override
    public @Nullable Definition find(RegistryId id) {
        return definitions.get(id);
    }

    @Override
    public Collection<Definition> all() {
        return Collections.unmodifiableCollection(definitions.values());
    }

    /** A document that was accepted once may be of one generation only; asking for the other is answered with a no. */
    private static final class Compiled implements Definition {

        private final RegistryEngine engine;
        private final RegistryId id;
        private final long revision;
        private final String document;
        private final Map<Profile, RegistrySchema> schemas = new EnumMap<>(Profile.class);
        private final Map<Profile, Refused> foreign = new EnumMap<>(Profile.class);
        private @Nullable Profile meant;

        Compiled(RegistryEngine engine, RegistryId id, long revision, String document) {
            this.engine = engine;
            this.id = id;
            this.revision = revision;
            this.document = document;
        }

        @Override
        public RegistryId id() {
            return id;
        }

        @Override
        public long revision() {
            return revision;
        }

        @Override
        public String document() {
            return document;
        }

        @Override
        public synchronized Profile profile() {
            Profile known = meant;
            if (known == null) {
                known = engine.profileOf(document);
                meant = known;
            }
            return known;
        }

        @Override
        public synchronized RegistrySchema schema(Profile profile) {
            RegistrySchema known = schemas.get(profile);
            if (known != null) {
                return known;
            }
            Refused before = foreign.get(profile);
            if (before != null) {
                // Devices ask again and again, and it stays as it is.
                throw noSchema(before);
            }
            try {
                RegistrySchema compiled = engine.compiled(document, profile);
                schemas.put(profile, compiled);
                return compiled;
            } catch (Refused refused) {
                foreign.put(profile, refused);
                throw noSchema(refused);
            }
        }

        private Refused noSchema(Refused why) {
            return ConfigRefusal.NO_SCHEMA.because("The registry '" + id + "' is not of this generation: "
                    + why.refusal().message());
        }

        @Override
        public RegistrySchema schema() {
            return schema(profile());
        }
    }
}
