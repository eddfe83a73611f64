# COPYLEDGER_SANITIZE: empty, "address,undefined", "thread", or with libFuzzer's instrumentation
# "fuzzer-no-link,address,undefined"; set by the presets.
set(COPYLEDGER_SANITIZE "" CACHE STRING "sanitizers to build with")
if(COPYLEDGER_SANITIZE)
    add_compile_options(-fsanitize=${COPYLEDGER_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
        # With it clang 14 makes coroutines that its assembler refuses.
        $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
    # Asio's fences: ThreadSanitizer does not know them, g++ says so at each.
    if(COPYLEDGER_SANITIZE MATCHES thread)
        add_compile_options(-Wno-tsan)
    endif()
    add_link_options(-fsanitize=${COPYLEDGER_SANITIZE})
endif()
