"""Reads the trackers that councils keep in Word, Excel, CSV and web pages: from the bytes of a file to lines with their
questions. It knows no database: who is asked, and what becomes of the answers, is decided above.

    files      takes a file by its content, within bounds          -> the reader of its format
    readers    give the untouched tables                           -> cells.TrackerFile
    layout     finds which rows are headers, lines, groups, feet   -> rows to read, rows ignored with the reason
    columns    says what each column holds                         -> mapping, with confidence and samples
    values     periods, words, owners, references                  -> a value, or a question
    lines      joins and parts lines                               -> one entry for each line, questions asked once
"""
