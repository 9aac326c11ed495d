package dev.muster.updates.goosebit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Ids;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.Mode;
import dev.muster.registry.DeviceCommand.WithdrawToken;
import dev.muster.registry.DeviceId;
import dev.muster.updates.Feedback;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.goosebit.Reports.Attributes;
import dev.muster.updates.goosebit.Reports.Said;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.SoftwareShelf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What devices and people send, taken apart. */
class ReadingTest {

    private static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String detail(Runnable reading) {
        try {
            reading.run();
        } catch (WireFailure refused) {
            assertThat(refused.status()).isEqualTo(422);
            return String.valueOf(refused.detail());
        }
        throw new AssertionError("not refused");
    }

    @Test
    void feedbackIsReadWithRawLineEnds() {
        Said said = Reports.feedback(
                json(
                        "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"none\",\"progress\":{\"cnt\":1,\"of\":null}},\"code\":3,\"details\":[\"a\nb\"]}}"));

        assertThat(said.execution()).isEqualTo(Feedback.Execution.CLOSED);
        assertThat(said.finished()).isEqualTo(Feedback.Finished.NONE);
        assertThat(said.done()).isEqualTo(1);
        assertThat(said.of()).isNull();
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.details()).containsExactly("a\nb");
    }

    @Test
    void noDetailsAreNotAnEmptyList() {
        String text = "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"none\"}%s}}";

        assertThat(Reports.feedback(json(text.formatted(""))).details()).isNull();
        assertThat(Reports.feedback(json(text.formatted(",\"details\":null"))).details())
                .isNull();
        assertThat(Reports.feedback(json(text.formatted(",\"details\":[]"))).details())
                .isEmpty();
    }

    @Test
    void longLinesOfAnActionAreSplit() {
        Said said = new Said(
                Feedback.Execution.PROCEEDING, Feedback.Finished.NONE, null, null, null, List.of("x".repeat(1200)));

        assertThat(said.asFeedback().messages()).extracting(String::length).containsExactly(512, 512, 176);
    }

    @Test
    void allThatIsWrongIsToldAtOnceAndWhere() {
        String detail = detail(() -> Reports.feedback(json(
                "{\"status\":{\"execution\":\"confirmed\",\"result\":{\"progress\":{\"cnt\":\"x\"}}},\"time\":7}")));

        assertThat(detail)
                .contains("\"loc\":[\"body\",\"time\"]")
                .contains("\"type\":\"enum\",\"loc\":[\"body\",\"status\",\"execution\"]")
                .contains("\"loc\":[\"body\",\"status\",\"result\",\"finished\"]")
                .contains("\"loc\":[\"body\",\"status\",\"result\",\"progress\",\"cnt\"]")
                .contains("\"loc\":[\"body\",\"status\",\"result\",\"progress\",\"of\"]");
    }

    @Test
    void attributesThatCannotBeKeptAreLeftOut() {
        Attributes read = Reports.attributes(json("{\"data\":{\"a\":1,\"b\":{\"c\":2},\"d\":\"" + "x".repeat(129)
                + "\",\"hw_boardname\":\"\",\"sw_version\":null}}"));

        assertThat(read.values())
                .containsEntry("a", "1")
                .containsEntry("b", "{\"c\":2}")
                .doesNotContainKey("d");
        assertThat(read.values()).containsEntry("hw_boardname", null).containsEntry("sw_version", null);
        assertThat(read.saysVersion()).isTrue();
        assertThat(read.version()).isNull();
        assertThat(Reports.attributes(json("{\"data\":{}}")).saysVersion()).isFalse();
    }

    @Test
    void whatADeviceIsMustBeKept() {
        for (String key : List.of("hw_boardname", "hw_revision", "sw_version")) {
            String data = "{\"data\":{\"" + key + "\":\"%s\"}}";
            assertThat(detail(() -> Reports.attributes(json(data.formatted("x".repeat(129))))))
                    .contains(key)
                    .contains("129");
            assertThat(Reports.attributes(json(data.formatted("x".repeat(128)))).values())
                    .containsKey(key);
        }
        assertThat(Reports.attributes(json("{\"data\":{}}")).mode()).isEqualTo(Mode.MERGE);
        assertThat(Reports.attributes(json("{\"mode\":\"replace\",\"data\":{}}"))
                        .mode())
                .isEqualTo(Mode.REPLACE);
        assertThat(Reports.attributes(json("{\"mode\":\"remove\",\"data\":{\"sw_version\":\"\"}}"))
                        .saysVersion())
                .isFalse();
    }

    @Test
    void aTableQueryIsNoFlood() {
        StringBuilder names = new StringBuilder("f0");
        StringBuilder columns = new StringBuilder();
        for (int i = 1; i < 17; i++) {
            names.append("|f").append(i);
        }
        for (int i = 0; i < 17; i++) {
            columns.append("&columns[")
                    .append(i)
                    .append("][name]=a&columns[")
                    .append(i)
                    .append("][search][value]=x");
        }
        assertThat(detail(() -> TableQuery.of(Form.read("columns[0][search][value]=x&columns[0][name]=" + names))))
                .isNotEmpty();
        assertThat(detail(() -> TableQuery.of(Form.read(columns.substring(1))))).isNotEmpty();
        assertThat(TableQuery.of(Form.read("columns[0][search][value]=x&columns[0][name]=a|b|a|a|b"))
                        .columns())
                .as("each field once")
                .containsExactly(new TableQuery.Column(List.of("a", "b"), "x"));
        assertThat(detail(() -> Form.read("a=b&".repeat(2001)))).isNotEmpty();
    }

    @Test
    void aTableQueryIsTheSameInBracketsAsInJson() {
        TableQuery brackets = TableQuery.of(
                Form.read(
                        "draw=3&start=5&length=10&search%5Bvalue%5D=x&order[0][column]=0&order[0][dir]=desc&order[0][name]=id"
                                + "&columns[1][name]=a%7Cb&columns[1][search][value]=y&columns[2][data]=c&columns[2][search][value]="));
        TableQuery body = TableQuery.of(json("""
                {"draw":3,"start":5,"length":10,"search":{"value":"x","regex":false},
                 "order":[{"column":0,"dir":"desc","name":"id"}],
                 "columns":[{"data":"z","search":{"value":""}},{"name":"a|b","search":{"value":"y"}},{"data":"c"}]}"""));

        assertThat(brackets).isEqualTo(body);
        assertThat(body.columns()).containsExactly(new TableQuery.Column(List.of("a", "b"), "y"));
        assertThat(body.sort()).isEqualTo("id");
        assertThat(body.descending()).isTrue();
        assertThat(TableQuery.of(json("{}"))).isEqualTo(TableQuery.ALL);
    }

    @Test
    void rowsAreSearchedSortedAndCut() {
        Table<String> table = new Table<String>(Json::text).searched("word", word -> word);
        TableQuery query = new TableQuery(1, 1, 1, "A", "word", true, List.of());

        assertThat(table.answer(List.of("b", "za", "ya", "xa"), query).toString())
                .isEqualTo("{\"data\":[\"ya\"],\"draw\":1,\"recordsTotal\":4,\"recordsFiltered\":3}");
        assertThatThrownBy(() -> table.answer(List.of(), new TableQuery(1, 0, -1, "", "other", false, List.of())))
                .isInstanceOf(WireFailure.class);
    }

    @ParameterizedTest
    @CsvSource({"/DEFAULT/controller/v1/d,DEFAULT,d,''", "/T%20x/controller/v1/a%3Ab/configData,T x,a:b,configData"})
    void pathsOfDevicesAreTakenApart(String path, String tenant, String device, String rest) {
        assertThat(DevicePath.read(path)).isEqualTo(new DevicePath(tenant, device, rest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/devices", "/controller/v1/x", "//controller/v1/x", "/T/controller/v2/x"})
    void otherPathsAreNot(String path) {
        assertThat(DevicePath.read(path)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3,true",
        "bytes=-5,true",
        "'bytes=0-3, 7-',true",
        "bytes=5-2,false",
        "items=0-1,false",
        "bytes=,false",
        "bytes=x-1,false",
        "nonsense,false"
    })
    void rangesAreWellFormedOrNot(String header, boolean wellFormed) {
        assertThat(FileAnswers.faultOf(header) == null).isEqualTo(wellFormed);
    }

    @Test
    void fileNamesAreWrittenSafely() {
        assertThat(FileAnswers.disposition("a.swu")).isEqualTo("attachment; filename=\"a.swu\"");
        assertThat(FileAnswers.disposition("grün \"1\".swu"))
                .isEqualTo("attachment; filename*=utf-8''gr%C3%BCn%20%221%22.swu");
    }

    @Test
    void devicePatchesAreReadStrictly() {
        assertThat(DevicePatch.of(Input.of(json("{\"devices\":[\"a\"],\"force_update\":\"true\",\"pinned\":false}"))))
                .isEqualTo(new DevicePatch(List.of("a"), null, null, false, null, true, null));
        for (String bad : List.of(
                "{}",
                "{\"devices\":\"a\"}",
                "{\"devices\":[\"a\"],\"software\":7}",
                "{\"devices\":[\"a\"],\"software\":\"seven\"}",
                "{\"devices\":[\"a\"],\"auth_token\":\"" + "x".repeat(129) + "\"}")) {
            assertThat(detail(() -> DevicePatch.of(Input.of(json(bad)))))
                    .as(bad)
                    .isNotEmpty();
        }
    }

    @Test
    void anEmptyTokenTakesTheTokenAwayAndWhatWasShownLeavesIt() {
        DeviceId id = new DeviceId("a");

        assertThat(tokenOrders("\"\"")).containsExactly(new WithdrawToken(id));
        assertThat(tokenOrders("\"new\"")).containsExactly(new IssueToken(id, Ids.digest("new")));
        assertThat(tokenOrders("\"***\"")).isEmpty();
        assertThat(tokenOrders("null")).isEmpty();
    }

    private static List<Object> tokenOrders(String token) {
        DevicePatch patch = DevicePatch.of(Input.of(json("{\"devices\":[\"a\"],\"auth_token\":" + token + "}")));
        return patch.orders(new DeviceId("a"), null, new EmptyShelf());
    }

    private static final class EmptyShelf implements SoftwareShelf {

        @Override
        public Software find(long number) {
            return null;
        }

        @Override
        public Software of(ReleaseId release) {
            return null;
        }

        @Override
        public List<Software> all() {
            return List.of();
        }

        @Override
        public Software latest(Hardware hardware) {
            return null;
        }
    }
}
