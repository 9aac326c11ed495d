package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The checker finds what it is there to find. */
class SchemaCheckTest {

    private static final JsonNode DOCUMENT =
            json("{'s': {'Name': {'type': 'string', 'pattern': '^[a-z]+$', 'maxLength': 3}}}");

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static List<String> faults(String schema, String value) {
        return SchemaCheck.faults(DOCUMENT, json(schema), json(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type': 'integer'} | 1 | 'x'",
                "{'type': ['string', 'null']} | null | 7",
                "{'enum': ['a', null]} | 'a' | 'b'",
                "{'const': true} | true | false",
                "{'$ref': '#/s/Name'} | 'abc' | 'ABC'",
                "{'$ref': '#/s/Name'} | 'abc' | 'abcd'",
                "{'anyOf': [{'$ref': '#/s/Name'}, {'type': 'null'}]} | null | 1",
                "{'type': 'array', 'items': {'type': 'boolean'}} | [true] | [true, 1]",
                "{'type': 'array', 'minItems': 1} | [1] | []",
                "{'type': 'array', 'maxItems': 1} | [1] | [1, 2]",
                "{'type': 'integer', 'minimum': 1} | 1 | 0",
                "{'properties': {'a': {'type': 'integer'}}, 'required': ['a']} | {'a': 1} | {}",
                "{'properties': {'a': {'type': 'integer'}}} | {'b': 1} | {'a': 'x'}",
                "{'properties': {'a': {}}, 'additionalProperties': false} | {'a': 1} | {'b': 1}",
            })
    void whatFitsPassesAndWhatDoesNotIsFound(String schema, String good, String bad) {
        assertThat(faults(schema, good)).isEmpty();
        assertThat(faults(schema, bad)).isNotEmpty();
    }

    @Test
    void aFaultSaysWhereItIs() {
        assertThat(faults("{'properties': {'a': {'items': {'$ref': '#/s/Name'}}}}", "{'a': ['x', 7]}"))
                .containsExactly("$.a[1] is 7, which is not type \"string\"");
    }

    @Test
    void wordsThatItDoesNotKnowAndReferencesThatLeadNowhereAreNotPassedOver() {
        assertThatThrownBy(() -> faults("{'oneOf': []}", "1")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> faults("{'$ref': '#/s/Nobody'}", "1")).isInstanceOf(AssertionError.class);
    }
}
