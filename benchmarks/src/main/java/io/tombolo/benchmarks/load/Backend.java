package io.tombolo.benchmarks.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** The TLS backend. Arguments: port, PEM file of the chain, PEM file of the key. Runs until it is killed. */
public final class Backend {
    private Backend() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SslContext tls = tls(new File(arguments[1]), new File(arguments[2]));
        ByteBuf answer = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(Frame.MAX_ANSWER_BYTES).writeZero(Frame.MAX_ANSWER_BYTES));
        new ServerBootstrap()
                .group(new EpollEventLoopGroup(1))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.newHandler(channel.alloc()), new AnswerHandler(answer));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static SslContext tls(File chain, File key) throws SSLException {
        return SslContextBuilder.forServer(chain, key)
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .build();
    }
}
