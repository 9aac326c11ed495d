package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.DatabagId;
import dev.muster.config.RegistryCommand.DefineRegistry;
import dev.muster.config.RegistryEngine;
import dev.muster.config.RegistryEvent;
import dev.muster.config.RegistryEvent.RegistryDefined;
import dev.muster.config.RegistryEvent.RegistryRedefined;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows from defining a registry. */
final class DefinitionDecision {

    /** Offenders a refusal names. */
    static final int OFFENDERS_MAX = 100;

    private DefinitionDecision() {}

    static List<RegistryEvent> define(DefineRegistry c, DefinitionState state, RegistryEngine engine, Stock stock) {
        if (state.revision() > 0 && state.document().equals(c.document())) {
            return List.of();
        }
        onlyExpected(c.expectedRevision(), state.revision());
        RegistrySchema schema = engine.compiled(c.document(), engine.profileOf(c.document()));
        if (state.revision() == 0) {
            return List.of(new RegistryDefined(c.registryId(), 1, c.document()));
        }
        everyValueStillFits(c, schema, stock);
        return List.of(new RegistryRedefined(c.registryId(), state.revision() + 1, c.document()));
    }

    private static void onlyExpected(@Nullable Long expected, long revision) {
        if (expected != null && expected != revision) {
            throw KernelRefusal.VERSION_LOST.because("This is at revision " + revision + ", not " + expected + ".");
        }
    }

    private static void everyValueStillFits(DefineRegistry c, RegistrySchema schema, Stock stock) {
        List<String> offenders = new ArrayList<>();
        for (DatabagId id : stock.of(c.registryId())) {
            try {
                schema.validate(stock.values(id), id.layer().isWish());
            } catch (Refused refused) {
                Object at = refused.refusal().details().get("at");
                offenders.add(id.layer() + (at == null || at.equals("") ? "" : " at " + at));
                if (offenders.size() == OFFENDERS_MAX) {
                    break;
                }
            }
        }
        if (!offenders.isEmpty()) {
            throw ConfigRefusal.SCHEMA_IN_USE.because(
                    "Values that are stored do not fit the new schema, such as of " + offenders.getFirst() + ".",
                    Map.of("offenders", List.copyOf(offenders)));
        }
    }
}
