package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Databags;
import dev.muster.config.Registries;
import dev.muster.config.RegistryCommand.DefineRegistry;
import dev.muster.config.RegistryEngine;
import dev.muster.config.RegistryId;
import dev.muster.config.Seals;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Set;

/** Looks at a registry's document before anybody defines it. Blocking; off the event loop. */
public final class SchemaCheck {

    private static final Set<String> ABOUT_THE_DOCUMENT = Set.of(
            ConfigRefusal.SCHEMA_INVALID.code(),
            ConfigRefusal.SCHEMA_IN_USE.code(),
            ConfigRefusal.REGISTRY_ID_INVALID.code());

    private final RegistryEngine engine;
    private final Registries registries;
    private final Databags databags;
    private final Seals seals;

    public SchemaCheck(RegistryEngine engine, Registries registries, Databags databags, Seals seals) {
        this.engine = engine;
        this.registries = registries;
        this.databags = databags;
        this.seals = seals;
    }

    /**
     * @param pointer JSON pointer into the document, empty for the whole
     * @param line from 1; 0 where it is about no place in particular
     * @param column from 1; 0 where it is about no place in particular
     */
    public record Finding(String pointer, int line, int column, String message) {}

    /** The first thing because of which it could not be defined; none when all is well. */
    public List<Finding> findings(String posted) {
        try {
            String document = engine.documentOf(posted);
            RegistryId id = engine.idOf(document);
            Registries.Definition known = registries.find(id);
            DefinitionState state =
                    known == null ? DefinitionState.NONE : new DefinitionState(known.revision(), known.document());
            var unused = DefinitionDecision.define(
                    new DefineRegistry(id, document, null), state, engine, new Stock(databags, seals));
            return List.of();
        } catch (Refused refused) {
            Refusal refusal = refused.refusal();
            if (!ABOUT_THE_DOCUMENT.contains(refusal.code())) {
                throw refused;
            }
            return List.of(new Finding(
                    refusal.details().get("pointer") instanceof String pointer ? pointer : "",
                    number(refusal, "line"),
                    number(refusal, "column"),
                    refusal.message()));
        }
    }

    private static int number(Refusal refusal, String detail) {
        return refusal.details().get(detail) instanceof Integer number ? number : 0;
    }
}
