package dev.muster.updates.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathAndMediaTest {

    @ParameterizedTest
    @ValueSource(strings = {"/DEFAULT/controller/v1/d", "/x/controller/v1/", "/x/controller/v1", "/controller/v1/"})
    void pathsOfTheWireAreServed(String path) {
        assertThat(DevicePath.serves(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "", "/api/v1/devices", "/x/controller/v10/d", "/x/y/controller/v1/d", "/x", "/x/controller"
            })
    void allOthersAreNot(String path) {
        assertThat(DevicePath.serves(path)).isFalse();
    }

    @Test
    void aPathFallsIntoItsParts() {
        assertThat(DevicePath.of("/T/controller/v1/a%20%C3%BC/configData"))
                .isEqualTo(new DevicePath("T", "a ü", "configData"));
        assertThat(DevicePath.of("/T/controller/v1/d")).isEqualTo(new DevicePath("T", "d", null));
        assertThat(DevicePath.of("/T/controller/v1/d/").rest()).isEmpty();
        assertThat(DevicePath.of("/controller/v1/").tenant()).isEmpty();
        assertThat(DevicePath.of("/T/controller/v1").device()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a%5cb",
                "a%00",
                "a;b",
                "..",
                ".",
                "%2e%2e",
                "%zz",
                "%",
                "a%2",
                "%ff",
                "%c0%af",
                "%ed%a0%80"
            })
    void whatNobodySendsInGoodFaithIs400(String device) {
        assertThatExceptionOfType(DdiFailure.class)
                .isThrownBy(() -> DevicePath.of("/T/controller/v1/" + device))
                .satisfies(e -> assertThat(e.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain-._~", "a b (1).bin", "grün", "100%", "x+y&z=1", "😀"})
    void encodingComesBack(String text) {
        assertThat(DevicePath.encoded(text)).matches("[A-Za-z0-9._~%-]+");
        assertThat(DevicePath.decoded(DevicePath.encoded(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|HAL",
                "application/json|JSON",
                "application/json;charset=UTF-8|JSON",
                "application/hal+json, application/json|HAL",
                "application/json, application/hal+json|JSON",
                "application/json;q=0.5, application/cbor|CBOR",
                "text/html, */*;q=0.1|HAL",
                "application/*|HAL",
                "APPLICATION/CBOR|CBOR",
                "application/hal+json;q=0, */*|JSON",
                "text/html|",
                "application/json;q=0|",
                "application/json;q=abc|",
                ",,|",
                "application/xml, application/atom+xml|"
            })
    void theBestAcceptableFormIsChosen(String accept, Media expected) {
        assertThat(Media.accepted(accept)).isEqualTo(expected);
    }

    @Test
    void withoutAcceptItIsHal() {
        assertThat(Media.accepted(null)).isEqualTo(Media.HAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|JSON",
                "application/json; charset=utf-8|JSON",
                "Application/Cbor|CBOR",
                "application/hal+json|",
                "text/plain|",
                "|"
            })
    void bodiesAreJsonOrCbor(String type, Media expected) {
        assertThat(Media.ofBody(type)).isEqualTo(expected);
    }
}
