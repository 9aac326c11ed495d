package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.ConfigHouse.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent;
import dev.muster.config.Profile;
import dev.muster.config.engine.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What keeps a document from being defined. */
class SchemaCheckTest {

    private final ConfigHouse house = new ConfigHouse();
    private final SchemaCheck check = new SchemaCheck(new Engine(), house.registries, house.databags, house.seals);

    private static String document(String schema) {
        return schema.replaceFirst("\\{", "{\"account-id\":\"acme\",\"name\":\"net\",");
    }

    @Test
    void whatFitsHasNoFindings() {
        assertThat(check.findings(document(ConfigHouse.SCHEMA))).isEmpty();
    }

    @Test
    void whatDoesNotSaysWhere() {
        assertThat(check.findings("{\n \"account-id\": 1}")).singleElement().satisfies(finding -> {
            assertThat(finding.pointer()).isEqualTo("/account-id");
            assertThat(finding.line()).isEqualTo(2);
            assertThat(finding.column()).isPositive();
        });
        assertThat(check.findings(document("{\"views\":{}}"))).hasSize(1);
        assertThat(check.findings("no document")).hasSize(1);
    }

    @Test
    void valuesThatAreStoredCountToo() {
        WriteView write = new WriteView(ROBOT, Profile.CONFDB, "all", Map.of("host", "\"x\""), null);
        List<DatabagEvent> events =
                DatabagDecision.write(write, Databag.EMPTY, house.registries.needed(NET), house.seals);
        house.knows(ROBOT, List.of(Databag.EMPTY.after(events.getFirst())));
        String narrower = ConfigHouse.SCHEMA.replace("\"host\":\"string\"", "\"host\":\"int\"");
        assertThat(check.findings(document(narrower))).singleElement().satisfies(finding -> {
            assertThat(finding.pointer()).isEmpty();
            assertThat(finding.line()).isZero();
            assertThat(finding.message()).contains("actual/robot");
        });
    }
}
