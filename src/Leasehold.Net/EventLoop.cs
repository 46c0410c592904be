using Leasehold.Net.Interop;

namespace Leasehold.Net;

/// <summary>Waits until a socket has something to read, another thread calls, or time is up.</summary>
/// <remarks>
/// The caller owns the thread: it waits, handles what is ready, and waits again. Only <see cref="Wake"/> may be called
/// by other threads. A turn allocates nothing. Signals come through PosixSignalRegistration and <see cref="Wake"/>: a
/// signalfd needs the signal blocked in every thread, and the runtime has threads of its own before Main runs.
/// </remarks>
public sealed unsafe class EventLoop : IDisposable
{
    private const int MaxEvents = 256;
    private const int WakePlace = -1;

    private readonly Descriptor epoll = new(Libc.EpollCreate(Libc.EPOLL_CLOEXEC), "epoll_create1");
    private readonly Descriptor wake = new(Libc.EventFd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), "eventfd");
    private readonly List<PollSource?> sources = [];
    private readonly PollSource[] ready = new PollSource[MaxEvents];
    private readonly Pinned<byte> events = new(MaxEvents * EpollEvent.Size);

    public EventLoop() => Watch(wake, WakePlace);

    /// <summary>True when the last wait ended because another thread called <see cref="Wake"/>, alone or among others.</summary>
    public bool Woken { get; private set; }

    /// <summary>Waits for a source from now on.</summary>
    /// <exception cref="InvalidOperationException">A loop waits for it already.</exception>
    public void Add(PollSource source)
    {
        if (source.LoopPlace >= 0) throw new InvalidOperationException("The source is in a loop already.");
        int place = sources.IndexOf(item: null);
        if (place < 0)
        {
            place = sources.Count;
            sources.Add(null);
        }

        Watch(source.Descriptor, place);
        sources[place] = source;
        source.LoopPlace = place;
    }

    /// <summary>Waits for a source no longer. Does nothing when this loop does not wait for it.</summary>
    /// <remarks>The ready set of the last wait may still name it.</remarks>
    public void Remove(PollSource source)
    {
        if (source.LoopPlace < 0 || source.LoopPlace >= sources.Count || !ReferenceEquals(sources[source.LoopPlace], source)) return;
        byte* none = stackalloc byte[EpollEvent.Size];
        if (!source.Descriptor.IsClosed && Libc.EpollControl(epoll, Libc.EPOLL_CTL_DEL, source.Descriptor, none) != 0)
            throw LinuxException.Last("epoll_ctl");
        sources[source.LoopPlace] = null;
        source.LoopPlace = -1;
    }

    /// <summary>Waits until at least one source is readable, <see cref="Wake"/> was called, or the time is up.</summary>
    /// <param name="timeout">Null waits for ever; zero looks and returns; anything else is rounded up to milliseconds.</param>
    /// <returns>
    /// What is readable; empty when the time was up, for a wake, and now and then without a cause. Valid until the next
    /// wait. A source that is not read dry is in the next set again; each gets its turn.
    /// </returns>
    public ReadOnlySpan<PollSource> Wait(TimeSpan? timeout)
    {
        Woken = false;
        int count = Libc.EpollWait(epoll, events.Start, MaxEvents, Milliseconds(timeout));
        if (count < 0) return LinuxException.LastErrno == Errno.EINTR ? [] : throw LinuxException.Last("epoll_wait");
        int found = 0;
        for (int i = 0; i < count; i++)
        {
            int place = EpollEvent.Data(events.Start + (i * EpollEvent.Size));
            if (place == WakePlace)
            {
                ulong calls;
                Libc.Read(wake, &calls, sizeof(ulong));
                Woken = true;
            }
            else if (place < sources.Count && sources[place] is { } source) ready[found++] = source;
        }

        return ready.AsSpan(0, found);
    }

    /// <summary>Ends the current wait, or the next one when nobody waits. May be called by any thread, also after disposal.</summary>
    public void Wake()
    {
        ulong one = 1;
        try
        {
            // The only failure is a counter that is full, and then a wake is pending anyway.
            Libc.Write(wake, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more. A signal or a message may come in after the loop's end.
        }
    }

    public void Dispose()
    {
        epoll.Dispose();
        wake.Dispose();
        foreach (PollSource? source in sources) source?.LoopPlace = -1;
        sources.Clear();
    }

    private static int Milliseconds(TimeSpan? timeout) =>
        timeout is { } time ? (int)Math.Clamp(Math.Ceiling(time.TotalMilliseconds), 0, int.MaxValue) : -1;

    private void Watch(Descriptor descriptor, int place)
    {
        byte* ev = stackalloc byte[EpollEvent.Size];
        EpollEvent.Write(ev, Libc.EPOLLIN, place);
        if (Libc.EpollControl(epoll, Libc.EPOLL_CTL_ADD, descriptor, ev) != 0) throw LinuxException.Last("epoll_ctl");
    }
}
