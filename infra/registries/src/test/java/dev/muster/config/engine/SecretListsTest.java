package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.config.Profile;
import dev.muster.config.RegistrySchema;
import org.junit.jupiter.api.Test;

/** A list is told as a whole: it is secret when something in it is that nobody may read (contract §17). */
class SecretListsTest {

    private static boolean secret(String rules, String path) {
        RegistrySchema registry = new Engine().compiled("""
                {"storage":{"schema":{
                   "l":{"type":"array","values":{"schema":{"n":"string","pin":"string"}}},
                   "b":{"schema":{"l":{"type":"array","values":"int"}}},
                   "x":"any"}},
                 "views":{"v":{"rules":[%s]}}}""".formatted(rules), Profile.CONFDB);
        return registry.isSecret(path);
    }

    private static String rule(String request, String storage, String access) {
        return "{\"request\":\"%s\",\"storage\":\"%s\",\"access\":\"%s\"}".formatted(request, storage, access);
    }

    @Test
    void aMemberOfAnElementThatIsOnlyWrittenMakesItOne() {
        String name = rule("l[{i}].n", "l[{i}].n", "read-write");
        assertEquals(false, secret(name, "l"));
        assertEquals(true, secret(name + "," + rule("l[{i}].pin", "l[{i}].pin", "write"), "l"));
        assertEquals(true, secret(rule("l", "l", "write") + "," + rule("n[{i}]", "l[{i}].n", "read"), "l"));
        assertEquals(true, secret(rule("x[{i}].a", "x[{i}].a", "read") + "," + rule("w", "x", "write"), "x"));
    }

    @Test
    void whatSomeViewShowsAllOfIsNone() {
        assertEquals(false, secret(rule("l", "l", "write") + "," + rule("r[{i}]", "l[{i}]", "read"), "l"));
        assertEquals(false, secret(rule("l[{i}].pin", "l[{i}].pin", "write") + "," + rule("r", "l", "read"), "l"));
        assertEquals(false, secret(rule("b", "b", "read-write"), "b.l"));
        assertEquals(false, secret(rule("w", "x", "write") + "," + rule("r", "x.a", "read"), "x.a"));
        assertEquals(true, secret(rule("w", "x", "write") + "," + rule("r", "x.a", "read"), "x.b"));
    }
}
