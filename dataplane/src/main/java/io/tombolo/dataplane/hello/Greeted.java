package io.tombolo.dataplane.hello;

import io.netty.buffer.ByteBuf;
import io.tombolo.dataplane.accept.Accepted;

/**
 * A connection whose ClientHello was read. It does not read any more until somebody says so.
 * @param held all bytes read so far, hello first; the holder of the ticket releases them or hands them on
 */
public record Greeted(Accepted accepted, ClientHello hello, ByteBuf held) {}
