import { configure } from '@testing-library/react';

// A machine with two busy cores takes its time; what never comes still ends before the test does. In milliseconds.
configure({ asyncUtilTimeout: 10_000 });
