package dev.muster.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** All definitions, compiled, in memory on each node, folded from the log. */
public interface Registries {

    @Nullable
    Definition find(RegistryId id);

    /** In order of id. */
    Collection<Definition> all();

    /** As {@link #find}, refused with {@link ConfigRefusal#NO_SCHEMA}. */
    default Definition needed(RegistryId id) {
        Definition definition = find(id);
        if (definition == null) {
            throw ConfigRefusal.NO_SCHEMA.because("There is no registry '" + id + "'.");
        }
        return definition;
    }

    /** A registry as it is defined now. */
    interface Definition {

        RegistryId id();

        long revision();

        String document();

        /** The generation the document was meant for; one that does not say is of the newest. */
        default Profile profile() {
            return Profile.CONFDB;
        }

        /** Refused with {@link ConfigRefusal#NO_SCHEMA} when the document is not of this generation. */
        RegistrySchema schema(Profile profile);

        /** As the document was meant. */
        RegistrySchema schema();
    }
}
