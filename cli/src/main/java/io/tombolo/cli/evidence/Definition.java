package io.tombolo.cli.evidence;

import java.util.Set;

/**
 * A kind of object that is installed.
 * @param served   versions that objects can be written in
 * @param alike    whether it says what this program ships of it; true for kinds of others
 */
public record Definition(String name, Set<String> served, boolean established, boolean alike) {}
