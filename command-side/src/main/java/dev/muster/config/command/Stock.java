package dev.muster.config.command;

import dev.muster.config.Databag;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Json;
import dev.muster.config.RegistryId;
import dev.muster.config.Seals;
import java.util.Collection;

/** What is stored under a registry, secrets opened: for judging, never for showing. */
record Stock(Databags databags, Seals seals) {

    Collection<DatabagId> of(RegistryId registry) {
        return databags.of(registry);
    }

    Json.Members values(DatabagId id) {
        Databag databag = databags.find(id);
        return databag.opened(id, seals);
    }
}
