package dev.muster.config.command;

import dev.muster.config.RegistryEvent;
import dev.muster.config.RegistryEvent.RegistryDefined;
import dev.muster.config.RegistryEvent.RegistryRedefined;

/** @param revision 0 for none yet */
record DefinitionState(long revision, String document) {

    static final DefinitionState NONE = new DefinitionState(0, "");

    DefinitionState after(RegistryEvent event) {
        return switch (event) {
            case RegistryDefined e -> new DefinitionState(e.revision(), e.document());
            case RegistryRedefined e -> new DefinitionState(e.revision(), e.document());
        };
    }
}
